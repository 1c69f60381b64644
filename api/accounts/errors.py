"""Every way in which the door stays shut, each with its sentence and its HTTP status."""

from typing import ClassVar

from domain.errors import Refused


class AccountRefused(Refused):
    """A refusal of the accounts; nothing was changed."""

    status: ClassVar[int] = 400


# --- who are you ------------------------------------------------------------------------------


class NotSignedIn(AccountRefused):
    status = 401
    en = "Please sign in."
    vi = "Vui lòng đăng nhập."


class SessionOver(NotSignedIn):
    en = "Your session is over; please sign in again."
    vi = "Phiên làm việc đã kết thúc; vui lòng đăng nhập lại."


class WrongPassword(AccountRefused):
    """Says the same whether the name or the password was wrong."""

    status = 401
    en = "User name and password do not belong together."
    vi = "Tên đăng nhập hoặc mật khẩu không đúng."


class AccountStopped(AccountRefused):
    """Said to those alone who have the right password, or for whom another sign-in vouches."""

    status = 403
    en = "This account is stopped; please ask an administrator."
    vi = "Tài khoản này đang bị tạm khóa; vui lòng liên hệ quản trị viên."


class NotYourPassword(AccountRefused):
    """Of somebody who is signed in, and stays so."""

    status = 403
    en = "That is not your password; please type it again."
    vi = "Mật khẩu của bạn không đúng; vui lòng nhập lại."


class TooManyFailures(AccountRefused):
    status = 429
    en = "Too many wrong passwords; please wait {retry_after_s} seconds and try again."
    vi = "Nhập sai mật khẩu quá nhiều lần; vui lòng đợi {retry_after_s} giây rồi thử lại."


class SecondFactorNeeded(AccountRefused):
    """The password was right, and this account signs in with a code, too."""

    status = 401
    en = "Please type the code that your phone shows."
    vi = "Vui lòng nhập mã đang hiện trên điện thoại của bạn."


class SecondFactorMissing(AccountRefused):
    """The password was right; `secret` and `uri` are for the phone, and a code confirms them."""

    status = 401
    en = "The role {role} signs in with a code from the phone; please set it up now."
    vi = "Vai trò {role} phải đăng nhập kèm mã trên điện thoại; vui lòng thiết lập ngay."


class WrongCode(AccountRefused):
    status = 401
    en = "That code is not right, or it was used before; please type the next one."
    vi = "Mã không đúng hoặc đã được dùng; vui lòng nhập mã tiếp theo."


class SecondFactorThere(AccountRefused):
    status = 409
    en = "{username} signs in with a code already."
    vi = "{username} đã đăng nhập kèm mã rồi."


class NoSecondFactor(AccountRefused):
    status = 404
    en = "{username} signs in without a code."
    vi = "{username} đang đăng nhập không kèm mã."


class NoOidc(AccountRefused):
    status = 404
    en = "There is no other sign-in here; please use your user name and password."
    vi = "Ở đây không có cách đăng nhập khác; vui lòng dùng tên đăng nhập và mật khẩu."


class OidcAway(AccountRefused):
    status = 503
    en = "The other sign-in does not answer; please try again, or use a user name and password."
    vi = "Dịch vụ đăng nhập bên ngoài không phản hồi; vui lòng thử lại hoặc dùng tên đăng nhập và mật khẩu."


class OidcRefused(AccountRefused):
    status = 403
    en = "The other sign-in was not accepted: {why}. Please begin again."
    vi = "Không chấp nhận kết quả đăng nhập bên ngoài: {why}. Vui lòng bắt đầu lại."

    def sentence(self, language: str = "en") -> str:
        """What the provider itself said is in the log: whoever sends a link could write anything there."""
        template = self.vi if language == "vi" else self.en
        return template.format(why=OIDC_REASONS[str(self.facts["why"])][language == "vi"])


OIDC_REASONS: dict[str, tuple[str, str]] = {
    "too_late": ("it took too long, or was used before", "đã quá lâu hoặc đã được dùng"),
    "other_browser": ("it was begun in another browser", "được bắt đầu từ một trình duyệt khác"),
    "other_issuer": (
        "the service calls itself otherwise than we were told",
        "dịch vụ xưng tên khác với cấu hình của trung tâm",
    ),
    "no_token": ("the service did not say who you are", "dịch vụ không cho biết bạn là ai"),
    "bad_signature": ("its signature is not good", "chữ ký không hợp lệ"),
    "not_for_us": (
        "it is not for this centre, or not for this moment",
        "không dành cho trung tâm này hoặc đã hết hạn",
    ),
    "code_refused": ("the service did not confirm it", "dịch vụ không xác nhận"),
    "no_code": ("the service sent you back without it", "dịch vụ đã trả bạn về mà không cho đăng nhập"),
    "unfit_account": (
        "the name, hospital or unit that the service gives cannot be used here; an administrator can mend it",
        "tên, bệnh viện hoặc kíp xe do dịch vụ cung cấp không dùng được ở đây; hãy báo quản trị viên",
    ),
}
"""By code, in English and Vietnamese."""


class NoRoleForYou(AccountRefused):
    status = 403
    en = "{username} is known, but has no role in this centre; an administrator can give one."
    vi = "Đã nhận ra {username} nhưng tài khoản này chưa có vai trò tại trung tâm; hãy hỏi quản trị viên."


class NameIsLocal(AccountRefused):
    status = 409
    en = "The name {username} belongs to an account with a password here; an administrator must rename one."
    vi = "Tên {username} đã thuộc về một tài khoản có mật khẩu tại đây; quản trị viên cần đổi một trong hai."


class LoginBusy(AccountRefused):
    status = 503
    en = "Too many people are signing in at this moment; please try again in {retry_after_s} seconds."
    vi = "Đang có quá nhiều người đăng nhập; vui lòng thử lại sau {retry_after_s} giây."


# --- you may not ------------------------------------------------------------------------------


class NotYourRole(AccountRefused):
    status = 403
    en = "The role {role} may not do this; it takes: {allowed}."
    vi = "Vai trò {role} không được làm việc này; cần vai trò: {allowed}."


class NotYourHospital(AccountRefused):
    status = 403
    en = "{username} may not speak for the hospital {hospital_id}."
    vi = "{username} không được báo thay cho bệnh viện {hospital_id}."


class NotYourUnit(AccountRefused):
    status = 403
    en = "{username} may not speak for the unit {callsign}."
    vi = "{username} không được báo thay cho kíp xe {callsign}."


class NotYourIncident(AccountRefused):
    status = 403
    en = "{username} does not serve incident {number} now and may not speak of its patients."
    vi = "{username} hiện không phục vụ vụ {number} nên không được báo về bệnh nhân của vụ đó."


class ForeignOrigin(AccountRefused):
    status = 403
    en = "This request came from another web site and was not carried out."
    vi = "Yêu cầu này đến từ trang web khác nên không được thực hiện."


class NotLoopback(AccountRefused):
    status = 403
    en = "Demo accounts have a public password, so they live on this machine alone; {host} is open to others."
    vi = "Tài khoản demo có mật khẩu công khai nên chỉ dùng trên chính máy này; {host} mở cho máy khác."


# --- what was said makes no sense -------------------------------------------------------------


class BadLogin(AccountRefused):
    status = 422
    en = 'Send a JSON object with the two texts "username" and "password".'
    vi = 'Hãy gửi một đối tượng JSON có hai chuỗi "username" và "password".'


class BodyTooLarge(AccountRefused):
    status = 413
    en = "That is more than the {limit_bytes} bytes a sign-in may hold."
    vi = "Dữ liệu đăng nhập vượt quá {limit_bytes} byte."


class BadUsername(AccountRefused):
    status = 422
    en = (
        "A user name has 2 to 32 small letters a-z, digits, dots, hyphens or underscores, "
        "and begins with a letter or digit."
    )
    vi = (
        "Tên đăng nhập gồm 2 đến 32 chữ thường a-z, chữ số, dấu chấm, gạch nối hoặc gạch dưới, "
        "bắt đầu bằng chữ hoặc số."
    )


class BadPassword(AccountRefused):
    status = 422
    en = "A password has between {shortest} and {longest} characters."
    vi = "Mật khẩu phải có từ {shortest} đến {longest} ký tự."


class UnknownRole(AccountRefused):
    status = 422
    en = "'{role}' is no role: it is one of {roles}."
    vi = "'{role}' không phải là vai trò: chọn một trong {roles}."


class BindingMissing(AccountRefused):
    status = 422
    en = "An account of the role {role} needs its {field}, in plain letters, digits and hyphens."
    vi = "Tài khoản vai trò {role} cần có {field}, chỉ gồm chữ không dấu, chữ số và gạch nối."


class BindingNotWanted(AccountRefused):
    status = 422
    en = "An account of the role {role} takes no {field}."
    vi = "Tài khoản vai trò {role} không dùng {field}."


class NoDrill(AccountRefused):
    status = 409
    en = "This is no drill; what happens here is real."
    vi = "Đây không phải diễn tập; mọi việc ở đây là thật."


# --- the book of accounts stands otherwise ----------------------------------------------------


class UsernameTaken(AccountRefused):
    status = 409
    en = "There is already an account {username}."
    vi = "Đã có tài khoản {username}."


class UnknownAccount(AccountRefused):
    status = 404
    en = "There is no account {username}."
    vi = "Không có tài khoản {username}."


class RoleGivenElsewhere(AccountRefused):
    status = 409
    en = "Another sign-in vouches for {username} and says the role; change it there."
    vi = "Vai trò của {username} do dịch vụ đăng nhập bên ngoài quy định; hãy đổi ở đó."


class NotYourself(AccountRefused):
    """So that an administrator is always left, and nobody locks the door from inside by a slip."""

    status = 409
    en = "You are signed in as {username}; another administrator must do this."
    vi = "Bạn đang đăng nhập bằng {username}; việc này phải do quản trị viên khác làm."


class UnknownSession(AccountRefused):
    status = 404
    en = "There is no such session any more."
    vi = "Phiên làm việc này không còn nữa."


STATUS: dict[type[Refused], int] = {
    kind: kind.status
    for kind in (
        AccountRefused, NotSignedIn, SessionOver, WrongPassword, NotYourPassword, TooManyFailures, LoginBusy,
        NoOidc, OidcAway, OidcRefused, NoRoleForYou, NameIsLocal,
        SecondFactorNeeded, SecondFactorMissing, WrongCode, SecondFactorThere, NoSecondFactor,
        NotYourRole, NotYourHospital, NotYourUnit, NotYourIncident, ForeignOrigin, NotLoopback,
        BadLogin, BodyTooLarge, BadUsername, BadPassword, UnknownRole, BindingMissing, BindingNotWanted,
        NoDrill, UsernameTaken, UnknownAccount, AccountStopped, RoleGivenElsewhere,
        NotYourself, UnknownSession,
    )
}  # fmt: skip


def headers(refusal: Refused) -> dict[str, str]:
    """The headers HTTP wants beside such a refusal: how to sign in, when to come back."""
    found = {}
    if isinstance(refusal, AccountRefused) and refusal.status == 401:
        found["WWW-Authenticate"] = "Bearer"
    if "retry_after_s" in refusal.facts:
        found["Retry-After"] = str(refusal.facts["retry_after_s"])
    return found
