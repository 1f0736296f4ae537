"""What the skill costs, beside the SDK's own hello-world."""
