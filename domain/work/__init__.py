"""What is to be done, and by whom: folds over a case's work."""

from domain.work.tasks import Task, TaskState, in_charge, open_tasks, tasks_of

__all__ = ["Task", "TaskState", "in_charge", "open_tasks", "tasks_of"]
