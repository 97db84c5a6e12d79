"""The course of a plan and what it moved can be added, never changed or removed."""

from django.db import migrations

GUARD = """
CREATE FUNCTION records_keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('thongsuot.may_empty_events', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'what a reorganisation did is never changed or removed (%)', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER plan_steps_are_append_only
    BEFORE UPDATE OR DELETE ON records_reorganisationsteprow
    FOR EACH ROW EXECUTE FUNCTION records_keep_evidence();
CREATE TRIGGER plan_steps_are_not_emptied
    BEFORE TRUNCATE ON records_reorganisationsteprow
    FOR EACH STATEMENT EXECUTE FUNCTION records_keep_evidence();
CREATE TRIGGER moved_is_append_only
    BEFORE UPDATE OR DELETE ON records_movedrow
    FOR EACH ROW EXECUTE FUNCTION records_keep_evidence();
CREATE TRIGGER moved_is_not_emptied
    BEFORE TRUNCATE ON records_movedrow
    FOR EACH STATEMENT EXECUTE FUNCTION records_keep_evidence();
"""

UNGUARD = """
DROP TRIGGER moved_is_not_emptied ON records_movedrow;
DROP TRIGGER moved_is_append_only ON records_movedrow;
DROP TRIGGER plan_steps_are_not_emptied ON records_reorganisationsteprow;
DROP TRIGGER plan_steps_are_append_only ON records_reorganisationsteprow;
DROP FUNCTION records_keep_evidence();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0020_plans_of_reorganisation")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
