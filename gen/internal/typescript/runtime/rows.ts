// The compact form in which a module contains its codes.

import type { Action, Charged, Class, KnownDecision } from "./standin.ts";
import type { Wait } from "./table.ts";

/** The members of a decision that have a default. */
interface Rest {
  readonly subtype?: string;
  readonly automatic?: boolean;
  readonly throttle?: boolean;
  readonly charged?: Charged;
  readonly wait?: Wait;
}

/** A decision. Codes and subtypes have no literal types here: compilers refuse arrays of thousands of such types. */
export type Row = readonly [
  code: string | number,
  of: Class | undefined,
  action: Action,
  rest?: Rest,
];

/** Returns the decisions of rows. */
export function decisionsOf(rows: readonly Row[]): readonly KnownDecision[] {
  return rows.map(([code, of, action, rest]) => {
    const decision = {
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
    };
    return decision as KnownDecision;
  });
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
