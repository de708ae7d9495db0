"""The door through which a web server calls Valley."""

import os

from django.core.wsgi import get_wsgi_application

from valley.site.warming import load_behind

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valley.site.settings.live")

application = get_wsgi_application()
load_behind()
