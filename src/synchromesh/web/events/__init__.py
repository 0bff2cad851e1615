"""Events: the list, its month and map, calendars to subscribe to, registration, and the pages of organisers."""
