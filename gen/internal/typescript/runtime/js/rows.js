// The compact form in which a module contains its codes.

/** Returns the decisions of rows. */
export function decisionsOf(rows) {
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
    return decision;
  });
}

/** Returns the indexes of codes by wire value, and those of aliases and former names. */
export function wiresOf(codes, others) {
  const wires = new Map(others);
  for (const [index, { code }] of codes.entries()) {
    wires.set(code, index); //errspec:if text
    wires.set(String(code), index); //errspec:if integer
  }
  return wires;
}
