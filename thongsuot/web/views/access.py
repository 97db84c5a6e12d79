"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError

WRONG = (
    "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử "
    "lại; nếu quên mật khẩu, hãy hỏi người quản trị của cơ quan."
)


class SignInForm(AuthenticationForm):
    """Asks for a name and a password, and says the same whichever was wrong."""

    def get_invalid_login_error(self) -> ValidationError:
        """What was wrong, without saying which of the two."""
        return ValidationError(WRONG, code="invalid_login")


sign_in = LoginView.as_view(
    template_name="access/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
sign_out = LogoutView.as_view(http_method_names=["post", "options"])
