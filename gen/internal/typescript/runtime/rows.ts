// The compact form in which a module contains its codes.

import type { Action, Class, KnownCode, KnownDecision } from "./standin.ts";

/** The code, class and action of a decision, and its other members that are not the default. */
export type Row = readonly [
  code: KnownCode,
  of: Class | undefined,
  action: Action,
  rest?: Partial<KnownDecision>,
];

/** Returns the decisions of rows. */
export function decisionsOf(rows: readonly Row[]): readonly KnownDecision[] {
  return rows.map(([code, of, action, rest]) => ({
    known: true,
    code,
    subtype: undefined,
    class: of,
    action,
    automatic: false,
    throttle: false,
    charged: "unknown",
    wait: undefined,
    ...rest,
  }));
}

/** Returns the indexes of codes by wire value, and those of aliases and former names. */
export function wiresOf(
  codes: readonly KnownDecision[],
  others: readonly (readonly [wire: string, code: number])[],
): ReadonlyMap<string, number> {
  const wires = new Map(others);
  for (const [index, { code }] of codes.entries()) {
    wires.set(code, index); //errspec:if text
    wires.set(String(code), index); //errspec:if integer
  }
  return wires;
}
