"""Whatever changes in the catalogue, the directory, the calendars or the like sets a new stamp."""

from django.db import migrations, models

WATCHED = (
    "calendardayrow",
    "calendarrow",
    "decisionrow",
    "officealiasrow",
    "officehoursrow",
    "officerow",
    "partnerrow",
    "phraserow",
    "placerow",
    "placesuccessionrow",
    "policyrow",
    "procedurerow",
    "processrow",
    "processuserow",
    "receptionpointrow",
    "rosterrow",
    "successionrow",
)

FUNCTION = """
CREATE FUNCTION records_reference_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO records_referencestamprow (id, stamp) VALUES (1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp;
    RETURN NULL;
END
$$;
"""

TRIGGERS = "".join(
    f"""
CREATE TRIGGER reference_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION records_reference_changed();
"""
    for table in WATCHED
)

UNDO = (
    "".join(f"DROP TRIGGER reference_changed ON records_{table};\n" for table in WATCHED)
    + "DROP FUNCTION records_reference_changed();"
)


class Migration(migrations.Migration):
    dependencies = [("records", "0005_decisions_and_rosters")]

    operations = [
        migrations.CreateModel(
            name="ReferenceStampRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stamp", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(FUNCTION + TRIGGERS, UNDO),
    ]
