"""The words of dossiers in a table of their own; a trigger keeps them, whoever writes a dossier."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION records_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO records_dossierwordsrow AS w (dossier_id, search, is_open)
    VALUES (NEW.id, NEW.search, NEW.ended_at IS NULL AND NOT NEW.is_handed_over)
    ON CONFLICT (dossier_id) DO UPDATE SET search = EXCLUDED.search, is_open = EXCLUDED.is_open;
    RETURN NULL;
END
$$;
CREATE TRIGGER words_begin AFTER INSERT ON records_dossierrow
    FOR EACH ROW EXECUTE FUNCTION records_keep_words();
CREATE TRIGGER words_change AFTER UPDATE OF search, ended_at, is_handed_over ON records_dossierrow
    FOR EACH ROW WHEN (
        NEW.search IS DISTINCT FROM OLD.search
        OR (NEW.ended_at IS NULL AND NOT NEW.is_handed_over)
            <> (OLD.ended_at IS NULL AND NOT OLD.is_handed_over)
    ) EXECUTE FUNCTION records_keep_words();
"""
LEAVE = """
DROP TRIGGER words_change ON records_dossierrow;
DROP TRIGGER words_begin ON records_dossierrow;
DROP FUNCTION records_keep_words();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0033_dossiers_are_reckoned")]

    operations = [
        migrations.CreateModel(
            name="DossierWordsRow",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="records.dossierrow",
                    ),
                ),
                ("search", models.TextField()),
                ("is_open", models.BooleanField()),
            ],
        ),
        migrations.RunSQL(KEEP, LEAVE),
    ]
