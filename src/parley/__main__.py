"""`python -m parley` is `parley`."""

from parley.cli import main

if __name__ == "__main__":
    main()
