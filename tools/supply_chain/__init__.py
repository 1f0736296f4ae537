"""What the project is made of besides its own words: licences, bill of materials, known faults, secrets."""
