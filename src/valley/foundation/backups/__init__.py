"""How is everything copied while the valley is in use, and put back on either database, without waking the forgotten?

A backup is one zip: a manifest and a JSON-lines file per table, read in one consistent transaction. It holds no keys:
the vault is copied apart (``valley keys copy``), so that destroying a key also reaches every backup ever made.
"""

from valley.foundation.backups.manifest import BackupTooNew, BackupUnreadable, Manifest, inspect
from valley.foundation.backups.reading import Restored, RestoreRefused, VaultDoesNotFit, restore
from valley.foundation.backups.writing import BackedUp, BackupRefused, backup, copy_keys

__all__ = [
    "BackedUp",
    "BackupRefused",
    "BackupTooNew",
    "BackupUnreadable",
    "Manifest",
    "RestoreRefused",
    "Restored",
    "VaultDoesNotFit",
    "backup",
    "copy_keys",
    "inspect",
    "restore",
]
