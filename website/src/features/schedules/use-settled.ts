'use client';
import { useEffect, useState } from 'react';

/** Long enough not to ask for every letter. */
const typingPause = 300;

/** A value once it has stopped changing. Values are compared by what they say. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as Value), typingPause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
