"""The words of older dossiers, their indexes, and the end of those on the dossiers themselves.

Filled in batches, each its own transaction, so that what was stopped goes on; a reception waits
for none of it. Indexes made beside the work may take their time, and are begun anew after a stop.
"""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

BATCH = 20_000
FILL = """
INSERT INTO records_dossierwordsrow (dossier_id, search, is_open)
SELECT id, search, ended_at IS NULL AND NOT is_handed_over
  FROM records_dossierrow WHERE id > %s AND id <= %s
    ON CONFLICT (dossier_id) DO NOTHING
"""
TAKE_TIME = """
SELECT set_config('thongsuot.statement_timeout', current_setting('statement_timeout'), false),
       set_config('statement_timeout', '0', false);
"""
NO_LONGER = """
SELECT set_config('statement_timeout', current_setting('thongsuot.statement_timeout'), false);
"""
HALF_MADE = "DROP INDEX CONCURRENTLY IF EXISTS {}"


def fill(apps, schema_editor):
    """What a trigger wrote meanwhile is newer and stays."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM records_dossierrow")
        (last,) = cursor.fetchone()
        for first in range(0, last, BATCH):
            cursor.execute(FILL, [first, first + BATCH])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0034_words_have_their_table")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL(TAKE_TIME, migrations.RunSQL.noop),
        migrations.RunSQL(HALF_MADE.format("words_search"), migrations.RunSQL.noop),
        migrations.RunSQL(HALF_MADE.format("words_open_search"), migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="dossierwordsrow",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="words_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        AddIndexConcurrently(
            model_name="dossierwordsrow",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"],
                condition=models.Q(("is_open", True)),
                name="words_open_search",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        RemoveIndexConcurrently(model_name="dossierrow", name="dossier_search"),
        RemoveIndexConcurrently(model_name="dossierrow", name="dossier_open_search"),
        migrations.RunSQL(NO_LONGER, migrations.RunSQL.noop),
    ]
