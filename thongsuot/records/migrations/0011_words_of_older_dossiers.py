from django.db import connections, migrations, transaction

from thongsuot.records.searching import folded

BATCH = 2000
UPDATE = (
    "UPDATE records_dossierrow d SET search = told.search"
    " FROM unnest(%s::bigint[], %s::text[]) AS told (id, search)"
    " WHERE d.id = told.id AND d.search = ''"
)


def fill(apps, schema_editor):
    """Each batch in its own transaction: what was stopped goes on where it was."""
    alias = schema_editor.connection.alias
    rows = apps.get_model("records", "DossierRow").objects.using(alias).filter(search="")
    names = _names(apps, alias)
    last = 0
    while batch := list(rows.filter(id__gt=last).order_by("id")[:BATCH]):
        last = batch[-1].id
        texts = [_words(row, names) for row in batch]
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(UPDATE, [[row.id for row in batch], texts])


def _names(apps, alias):
    names = {}
    for code, name in (
        apps.get_model("records", "PlaceRow").objects.using(alias).values_list("code", "name")
    ):
        names[code] = f"{names.get(code, '')} {name}"
    return names


def _words(row, names):
    places = (names.get(code, "") for code in (row.place_given, row.place_today))
    return folded(
        row.code, row.applicant_name, row.proxy, row.procedure, row.procedure_name, *places
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0010_dossiers_have_words"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
