import { useLayoutEffect, useRef } from 'react';
import type { Operation } from './operation';

/**
 * Marks on the page's User Timing line when each operation was first drawn
 * (`operation-visible:<id>`), so that the way from "accepted" to "seen" can be measured.
 */
export function useVisibleMarks(operations: readonly Operation[]): void {
  const marked = useRef(new Set<string>());
  useLayoutEffect(() => {
    const present = new Set(operations.map((operation) => operation.id));
    for (const id of present) {
      if (!marked.current.has(id)) performance.mark(`operation-visible:${id}`);
    }
    for (const id of marked.current) {
      if (!present.has(id)) performance.clearMarks(`operation-visible:${id}`);
    }
    marked.current = present;
  }, [operations]);
}
