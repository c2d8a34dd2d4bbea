"""Every error that Pressök raises on purpose, as one tree.

``PressokError`` is what the edges (command line, page, API) catch; its text is written for the person who
meets it and says what to do next.

- PressokError
  - AnalysisError
  - ArchiveError
  - CorrectionsError
  - DataFolderError
  - EvaluationError
  - FetchError
  - WorkerLost
  - WriterBusy
  - IndexUnavailable
    - NoGeneration
    - ForeignGeneration
    - DamagedGeneration
    - ClusterUnavailable
    - ClusterRefused
  - SettingsError
"""


class PressokError(Exception):
    """Something that the user can understand and mend. ``str()`` says what happened and what to do."""


class AnalysisError(PressokError):
    """The Swedish analyser is not in force, so an index made or searched now would be wrong."""


class ArchiveError(PressokError):
    """The archive can't be read or is not ours."""


class CorrectionsError(PressokError):
    """The operator's corrections can't be carried out as they are written."""


class DataFolderError(PressokError):
    """The data folder can't be used: it is no folder, or can't be written to."""


class EvaluationError(PressokError):
    """The order of the hits can't be measured: the judgements can't be read, or the package for it is missing."""


class WorkerLost(PressokError):
    """A process that helped to make an index ended before it was done."""


class FetchError(PressokError):
    """The archive can't be fetched: it can't be reached, asks to be left alone, or the folder is in use."""


class WriterBusy(PressokError):
    """Another process is writing to the data folder."""


class IndexUnavailable(PressokError):
    """There is no generation that can answer; the message says what mends it."""


class NoGeneration(IndexUnavailable):
    """Nothing has been published yet, in this data folder or under this name in the cluster."""


class ForeignGeneration(IndexUnavailable):
    """The published generation was written by another program or another version of this one."""


class DamagedGeneration(IndexUnavailable):
    """The published generation is not what was written: files are missing or changed."""


class ClusterUnavailable(IndexUnavailable):
    """The OpenSearch cluster can't be reached or can't answer now; it may by itself in a while."""


class ClusterRefused(IndexUnavailable):
    """The OpenSearch cluster answers, but does not do what it is asked until somebody mends something there or here."""


class SettingsError(PressokError):
    """A setting is unknown or can't be read."""
