'use client';
import { useState } from 'react';

/** Which of the shown ones are chosen. Whatever is no longer shown is no longer chosen either. */
export function useSelection(shown: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = shown.filter((id) => chosen.has(id));
  return {
    selected,
    isSelected: (id: string) => chosen.has(id),
    isAll: shown.length > 0 && selected.length === shown.length,
    isSome: selected.length > 0 && selected.length < shown.length,
    toggle: (id: string) =>
      setChosen((old) => {
        const next = new Set(old);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    toggleAll: () => setChosen(new Set(selected.length === shown.length ? [] : shown)),
    clear: () => setChosen(new Set()),
  };
}
