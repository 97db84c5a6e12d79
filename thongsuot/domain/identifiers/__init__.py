"""Identifiers are values: read once at the door, written back as they were."""

from thongsuot.domain.identifiers.dossier import (
    DossierCode,
    DossierCodeHasNoSuchDay,
    DossierCodeMalformed,
    DossierForm,
    DossierNumberOutOfRange,
    NotACentralCode,
)
from thongsuot.domain.identifiers.office import (
    OfficeCode,
    OfficeCodeMalformed,
    OfficeCodeTooLong,
    OfficeCodeWithoutRoot,
)
from thongsuot.domain.identifiers.person import (
    PassportNumber,
    PassportNumberMalformed,
    PersonNumber,
    PersonNumberMalformed,
)
from thongsuot.domain.identifiers.procedure import (
    ProcedureCode,
    ProcedureCodeMalformed,
    SuffixStyle,
)
from thongsuot.domain.identifiers.tax import TaxNumber, TaxNumberMalformed

__all__ = [
    "DossierCode",
    "DossierCodeHasNoSuchDay",
    "DossierCodeMalformed",
    "DossierForm",
    "DossierNumberOutOfRange",
    "NotACentralCode",
    "OfficeCode",
    "OfficeCodeMalformed",
    "OfficeCodeTooLong",
    "OfficeCodeWithoutRoot",
    "PassportNumber",
    "PassportNumberMalformed",
    "PersonNumber",
    "PersonNumberMalformed",
    "ProcedureCode",
    "ProcedureCodeMalformed",
    "SuffixStyle",
    "TaxNumber",
    "TaxNumberMalformed",
]
