"""What to say next: a small state machine of pure functions, without SDK and without I/O."""

from skill.conversation.reply import Outcome, Reply
from skill.conversation.state import Pending, Question, State, read_state
from skill.conversation.turn import launch, respond

__all__ = ["Outcome", "Pending", "Question", "Reply", "State", "launch", "read_state", "respond"]
