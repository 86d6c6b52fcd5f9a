"""`python -m geo_events` is the command `geo-events`."""

from geo_events.cli import main

if __name__ == "__main__":
    main()
