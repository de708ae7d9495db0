"""How does evidence come in, and how do people decide about what was read in it?"""

from __future__ import annotations

from django.urls import path

from valley.evidence.web import bringing, deciding, desk, wording

app_name = "evidence"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("add/", bringing.add, name="add"),
    path("import/", bringing.sheet, name="import"),
    path("import/template.xlsx", bringing.template, name="template"),
    path("import/<int:intake>/", bringing.intake, name="intake"),
    path("import/<int:intake>/apply/", bringing.apply, name="intake-apply"),
    path("read/", desk.read, name="read"),
    path("pieces/", desk.pieces, name="pieces"),
    path("pieces/<int:id>/", desk.piece, name="piece"),
    path("pieces/<int:id>/withdraw/", desk.withdraw, name="withdraw"),
    path("decide/", deciding.decide, name="decide"),
    path("decide/undo/", deciding.undo, name="undo"),
    path("findings/<int:finding>/", deciding.history, name="finding"),
    path("findings/<int:finding>/decide/", deciding.one, name="finding-decide"),
    path("competences/<int:competence>/", desk.sentences, name="sentences"),
    path("merges/", wording.merges, name="merges"),
    path("merges/propose/", wording.propose, name="merges-propose"),
    path("merges/<int:merge>/", wording.merge, name="merge"),
    path("systems/", wording.systems, name="systems"),
    path("terms/", wording.terms, name="terms"),
    path("terms/<slug:organisation>/", wording.allow, name="terms-allow"),
]
