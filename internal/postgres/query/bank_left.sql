-- What is left of a movement.
SELECT line_left(@line);
