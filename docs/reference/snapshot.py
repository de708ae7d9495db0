"""Write the description of the API to ``docs/reference/openapi.json``, after a change that was meant."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valley.site.settings.test")

import django

django.setup()

from valley.site.api import api

target = Path(__file__).with_name("openapi.json")
target.write_text(json.dumps(api.get_openapi_schema(), default=str, indent=1, ensure_ascii=False) + "\n")
sys.stdout.write(f"{target.name}: {len(api.get_openapi_schema()['paths'])} paths\n")
