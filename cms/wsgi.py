"""The WSGI application that a production server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

django = get_wsgi_application()
# The front reads models, which are there only when Django is set up.
application = import_string("cms.caching.front.Front")(django)
