"""How fast credentials are issued to a long list, and that a process that is killed loses and doubles nothing."""
