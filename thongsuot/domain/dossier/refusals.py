"""Why the rules say no to an act on a dossier."""

from __future__ import annotations

from thongsuot.domain.refusal import Kind, Refusal


class NoSuchDossier(Refusal):
    """No dossier is known by this code."""

    code = "no_such_dossier"
    kind = Kind.UNKNOWN


class DossierEnded(Refusal):
    """The work on the dossier has ended; nothing more can be done to it."""

    code = "dossier_ended"


class OnItsWay(Refusal):
    """The dossier is being given to another system: nobody acts on it until that answers."""

    code = "on_its_way"


class HeldByAnotherSystem(Refusal):
    """The dossier lives in another system; here it is read only."""

    code = "held_by_another_system"


class AlreadyDecided(Refusal):
    """What is decided here is issued here; it is not given to another system."""

    code = "already_decided"


class NotOffered(Refusal):
    """The dossier is not on its way to another system."""

    code = "not_offered"


class NotEndedYet(Refusal):
    """There is nothing to hand over before the work has ended."""

    code = "not_ended_yet"


class AlreadyHandedOver(Refusal):
    """The applicant already has the result."""

    code = "already_handed_over"


class NotArrived(Refusal):
    """The competent body has not confirmed that it has the dossier."""

    code = "not_arrived"


class HeldAlready(Refusal):
    """Somebody has the dossier; whoever may assign gives it to another."""

    code = "held_already"


class NotForwarded(Refusal):
    """The dossier is still at the counter that took it in."""

    code = "not_forwarded"


class AlreadyArrived(Refusal):
    """The competent body confirmed the dossier before."""

    code = "already_arrived"


class ReceivedInTheFuture(Refusal):
    """A dossier cannot have been received later than now."""

    code = "received_in_the_future"


class ProxyPaperNeeded(Refusal):
    """Who brings a dossier for somebody else shows a written authority, or why none is needed."""

    code = "proxy_paper_needed"


class RepresentativeNeeded(Refusal):
    """An organisation speaks through a person, who is named."""

    code = "representative_needed"


class LateEntryNeedsReason(Refusal):
    """A dossier entered after the day or moment of its receipt needs a reason."""

    code = "late_entry_needs_reason"


class ActNotNow(Refusal):
    """Only a receipt may be entered late; every other act happens now."""

    code = "act_not_now"


class OutOfOrder(Refusal):
    """The act is dated before the last one on this dossier."""

    code = "out_of_order"


class AppointmentNeeded(Refusal):
    """The law gives no term here: the official enters an appointment and its basis."""

    code = "appointment_needed"


class AppointmentNotAllowed(Refusal):
    """The law gives a term here: the appointment is computed, not entered."""

    code = "appointment_not_allowed"


class AppointmentInThePast(Refusal):
    """An appointment lies after the receipt."""

    code = "appointment_in_the_past"


class ApplicantNeeded(Refusal):
    """A dossier has an applicant with a name."""

    code = "applicant_needed"


class AlreadyPaused(Refusal):
    """The clock already waits for this."""

    code = "already_paused"


class NotPaused(Refusal):
    """The clock does not wait for this."""

    code = "not_paused"


class Waiting(Refusal):
    """The work waits for somebody else; it goes on when they have answered."""

    code = "waiting"


class SupplementAlreadyAsked(Refusal):
    """A supplement is asked once; a second time only on a legal basis that is recorded.

    Source: NĐ 118/2025 Đ.11.
    """

    code = "supplement_already_asked"


class NothingMissing(Refusal):
    """A request for a supplement names everything that is missing."""

    code = "nothing_missing"


class DecisionMade(Refusal):
    """A decision exists, so the applicant can no longer withdraw. Source: TT 03/2025 Đ.7."""

    code = "decision_made"


class NoSuchOpinion(Refusal):
    """No such opinion is awaited."""

    code = "no_such_opinion"


class OpinionsOutstanding(Refusal):
    """A proposal waits for every opinion asked."""

    code = "opinions_outstanding"


class OpinionsNotAsked(Refusal):
    """The process asks for the opinion of bodies that nobody has asked yet."""

    code = "opinions_not_asked"


class AnswerDayPast(Refusal):
    """The day by which an opinion is awaited lies ahead."""

    code = "answer_day_past"


class SecondPairOfEyes(Refusal):
    """The process asks two people to decide, and this one had a hand in it before."""

    code = "second_pair_of_eyes"


class DecisionStands(Refusal):
    """A dossier that is decided goes back only when its decision is withdrawn, with a reason."""

    code = "decision_stands"


class DraftNeeded(Refusal):
    """Where there are drafts, a decision says which version it is about."""

    code = "draft_needed"


class NoSuchVersion(Refusal):
    """The dossier has no version of the draft with this digest."""

    code = "no_such_version"
    kind = Kind.UNKNOWN


class DraftNotEndorsed(Refusal):
    """The second person decides on the version to which the first agreed."""

    code = "draft_not_endorsed"


class DraftClosed(Refusal):
    """A decision was made on a version; the draft is not changed under it."""

    code = "draft_closed"


class DayOff(Refusal):
    """Nobody is there on that day to hand anything out."""

    code = "day_off"


class BasisNeeded(Refusal):
    """This act needs its legal basis in writing."""

    code = "basis_needed"


class AlreadyExtended(Refusal):
    """A new appointment is given at most once. Source: NĐ 118/2025 Đ.19."""

    code = "already_extended"


class ExtensionNotLater(Refusal):
    """An extension lies after the due moment."""

    code = "extension_not_later"


class AmountNotPositive(Refusal):
    """A financial duty is a positive amount."""

    code = "amount_not_positive"


class FeeNameNeeded(Refusal):
    """A fee has the name by which the law knows it."""

    code = "fee_name_needed"


class ReferenceNeeded(Refusal):
    """Money that was not handed over the counter is found by the payment's reference."""

    code = "reference_needed"


class ReceiptNeeded(Refusal):
    """Who pays gets a receipt, and its number stands in the dossier."""

    code = "receipt_needed"


class NumberNeeded(Refusal):
    """A result carries a number."""

    code = "number_needed"


class NotDigitisable(Refusal):
    """The paper named is not one of the dossier's."""

    code = "no_such_paper"


class PaperIsSecret(Refusal):
    """A paper with a state secret stays out of the system. Source: TT 03/2025 Đ.5.2.d."""

    code = "paper_is_secret"


class PaperScannedAlready(Refusal):
    """A paper that was scanned needs no reason why it was not."""

    code = "paper_scanned_already"


class AlreadyHeld(Refusal):
    """What the province holds is not asked for a second time. Source: NĐ 309/2026 Đ.2."""

    code = "already_held"


class NothingHeld(Refusal):
    """The province holds no such paper of this person, or it is no longer valid."""

    code = "nothing_held"


class SameProcess(Refusal):
    """The dossier already runs on this version."""

    code = "same_process"


class StageNotInProcess(Refusal):
    """The new version of the process has no such stage to continue at."""

    code = "stage_not_in_process"


class ChildNotLinked(Refusal):
    """The process links no such procedure at the stage where the dossier stands."""

    code = "child_not_linked"


class SameCustody(Refusal):
    """The dossier already is with the bodies that it should pass to."""

    code = "same_custody"


class DueWouldComeNearer(Refusal):
    """A reorganisation never makes a dossier due earlier. Source: NQ 190/2025/QH15 Đ.10."""

    code = "due_would_come_nearer"


class Conflict(Refusal):
    """Somebody else acted on the dossier first."""

    code = "conflict"
    kind = Kind.CONFLICT
