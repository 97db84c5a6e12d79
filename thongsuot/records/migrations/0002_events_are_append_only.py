"""Events can be added, never changed or removed, whoever asks."""

from django.db import migrations

GUARD = """
CREATE FUNCTION records_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only a test run says so of its own connections, to empty its tables between two tests.
    IF TG_OP = 'TRUNCATE' AND current_setting('thongsuot.may_empty_events', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'events of a dossier are never changed or removed (%)', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER events_are_append_only
    BEFORE UPDATE OR DELETE ON records_eventrow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER events_are_not_emptied
    BEFORE TRUNCATE ON records_eventrow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""

UNGUARD = """
DROP TRIGGER events_are_not_emptied ON records_eventrow;
DROP TRIGGER events_are_append_only ON records_eventrow;
DROP FUNCTION records_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_first_tables")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
