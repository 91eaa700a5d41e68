"""What can go wrong with a project, said so that a person can act on it."""


class WorkflowError(Exception):
    """Something could not be done; the message says what, where and what to do."""


class ProjectError(WorkflowError):
    """A project, one of its files, or something named in it cannot be used as it is."""


class SettingsError(ProjectError):
    """hexapla.toml says what cannot be used."""


class UnwritableError(ProjectError):
    """A file cannot be written: no permission, no space."""


class QueryError(ProjectError):
    """What somebody asked for cannot be understood, or takes too long."""


class BusyError(ProjectError):
    """A catalog is open for review in another process."""


class OutdatedError(ProjectError):
    """An alignment and the texts it is to join do not fit together any more."""


class DoubtfulError(ProjectError):
    """Two texts hardly translate each other; nothing was written."""
