"""The makers: what turns the sources into what a turn, a deployer or a tester uses. No turn imports them."""
