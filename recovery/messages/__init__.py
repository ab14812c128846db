"""What does the athlete read of a plan, and when? Composes the messages, without words of any language."""
