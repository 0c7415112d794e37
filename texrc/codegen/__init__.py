"""From a network to rows: the plan, the loops and the machine that runs it."""
