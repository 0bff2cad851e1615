"""Pages of engagements: where the alliance spoke or showed itself, and the record of each year."""
