def test_x(db):
    from tests import factories
    from valley.skills import actions, queries, snapshots
    import time, resource
    from pathlib import Path
    who=factories.operator(language="nl")
    t=time.perf_counter()
    def tick(*a):
        nonlocal t
        print(round(time.perf_counter()-t,3),*a); t=time.perf_counter()
    assert actions.load_starter(factories.operator()); tick('starter')
    for w in ('telefoniste','klahcten','webcare','kapper'):
        for f in queries.search(who,text=w,limit=4): print('  ',f.kind,f.id,f.label,f.score,f.because,f.leads_to)
        tick(w)
    v=snapshots.vocabulary(); tick('vocab')
    print(queries.starter_roles()[0].needs[0], [str(x) for x in queries.groups(who)][:2]); tick('roles')
    print(queries.probable_competences(who,title=f"title-{queries.search(who,text='kapper',kinds=('title',))[0].id}")[:2]); tick()
    E=Path('/work/shared/data/esco')
    actions.import_esco(factories.operator(),path=E,release='1.1.1');tick('en')
    actions.import_esco(factories.operator(),path=E,release='1.1.1',language='nl');tick('nl')
    for w in ('telefoniste','klahcten','webcare','kapper','klantenservicemedewerker','chat'):
        for f in queries.search(who,text=w,limit=6): print('  ',f.kind,f.id,f.label,f.score,f.because,f.leads_to)
        tick(w)
    v=snapshots.vocabulary(); tick('vocab')
    ids=queries.ids_by_starter_key()
    p=queries.competence(who,id=ids['webcare-in-public']); tick(p)
    p=queries.competence(who,id=ids['handle-complaints']); tick(p)
    print([ (k,round(v.idf(i),2),len(v.narrow_groups(i)),len(v.broad_groups(i))) for k,i in list(ids.items())[:12]])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024,'MB')
