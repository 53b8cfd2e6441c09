"""How right the rows are: gold sets, the measure, and the gate that keeps the floors."""
