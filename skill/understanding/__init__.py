"""From spoken words to a section of the page, an age, a danger signal. See docs/understanding.md."""

from skill.understanding.interpreter import Interpreter, load_interpreter
from skill.understanding.model import LearntError
from skill.understanding.understood import NOTHING, Understanding

__all__ = ["NOTHING", "Interpreter", "LearntError", "Understanding", "load_interpreter"]
