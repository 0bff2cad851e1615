"""Pages under `/groups/`: committees, working groups and task forces, their people, meetings and documents."""
