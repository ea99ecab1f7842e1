"""Lists of any shape become customers and tasks: proposed, edited by a mapping file, imported row by row."""

from core.server.importing.fields import Field
from core.server.importing.mapping_file import apply_mapping, apply_words, write_mapping
from core.server.importing.plan import Certainty, ColumnPlan, ImportPlan
from core.server.importing.proposing import propose
from core.server.importing.rejects import rejected_path
from core.server.importing.report import AbsentCells, ImportReport
from core.server.importing.running import Progress, run_import
from core.server.importing.sink import ImportedCustomer, PutCounts, Sink

__all__ = [
    "AbsentCells",
    "Certainty",
    "ColumnPlan",
    "Field",
    "ImportPlan",
    "ImportReport",
    "ImportedCustomer",
    "Progress",
    "PutCounts",
    "Sink",
    "apply_mapping",
    "apply_words",
    "propose",
    "rejected_path",
    "run_import",
    "write_mapping",
]
