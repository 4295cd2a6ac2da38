/** Parts the ways in; what stands on both sides says it all, so nothing of it is read out. */
export const OrLine = ({ children }: { children: string }) => (
  <p
    aria-hidden
    className="my-6 flex items-center gap-4 text-sm text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border"
  >
    {children}
  </p>
);
