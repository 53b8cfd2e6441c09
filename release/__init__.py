"""What is done before Parley is released, beside the tests: `make release`."""
