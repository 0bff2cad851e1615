"""Pages under `/complete/`: what somebody may mean who has typed so far."""
