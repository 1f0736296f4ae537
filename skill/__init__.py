"""The skill: a parent speaks, a short Dutch answer is read aloud."""
