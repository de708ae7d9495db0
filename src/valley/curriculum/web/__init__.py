"""Which addresses lead to the thread, the programmes and the field window?"""

from __future__ import annotations

from valley.curriculum.web import field, programmes, thread

app_name = "curriculum"

urlpatterns = [*thread.urlpatterns, *programmes.urlpatterns, *field.urlpatterns]
