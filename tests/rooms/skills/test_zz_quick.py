def test_x(db):
    from tests import factories
    from valley.skills import actions
    from valley.skills.models import Competence, Title, GroupLink
    import time
    t=time.perf_counter()
    assert actions.load_starter(factories.operator())
    print(time.perf_counter()-t)
    assert not actions.load_starter(factories.operator())
    print(Competence.objects.count(),Title.objects.count(),GroupLink.objects.count())
