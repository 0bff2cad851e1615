"""What spans all apps: starter content, search rebuild, export and deletion of a person, and the console command.

Owns work that needs several apps at once and has no page of its own. Does not own records; it calls the operations and
queries of the apps below, and lies under `web` and `api` so that pages can call it.
"""
