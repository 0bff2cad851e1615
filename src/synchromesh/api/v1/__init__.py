"""Version 1 of the interface, at `/api/v1/`: one module per area. What is here keeps its form; new things are added."""
