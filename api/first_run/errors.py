"""Why a step of the first run is not taken. Nothing was changed; the sentence says what to mend."""

from typing import ClassVar

from domain.errors import Refused


class SetUpRefused(Refused):
    status: ClassVar[int] = 422


class WrongToken(SetUpRefused):
    status = 401
    en = "Please open the address that stands on the terminal; it holds the key to this page."
    vi = "Hãy mở đúng địa chỉ hiện trên cửa sổ dòng lệnh; trong đó có khóa của trang này."


class NotYet(SetUpRefused):
    status = 409
    en = "First comes the step before: {missing}."
    vi = "Cần làm xong bước trước: {missing_vi}."


class MapBusy(SetUpRefused):
    status = 409
    en = "A map is being read in; please wait until it is done."
    vi = "Đang nạp một bản đồ; vui lòng đợi xong."


class BadCityName(SetUpRefused):
    en = "The city's short name has 2 to 30 small letters a-z, digits and single hyphens, such as can-tho."
    vi = "Tên ngắn của thành phố gồm 2 đến 30 chữ thường a-z, chữ số và gạch nối đơn, ví dụ can-tho."


class NameWanted(SetUpRefused):
    en = "Please give the city's name in Vietnamese and in English, at most 80 letters each."
    vi = "Vui lòng ghi tên thành phố bằng tiếng Việt và tiếng Anh, mỗi tên không quá 80 ký tự."


class UnknownCity(SetUpRefused):
    en = "No city '{city}' comes with Vigil."
    vi = "Vigil không có sẵn thành phố '{city}'."


class BadTimeZone(SetUpRefused):
    en = "'{timezone}' is not a time zone such as Asia/Ho_Chi_Minh."
    vi = "'{timezone}' không phải là múi giờ, ví dụ Asia/Ho_Chi_Minh."


class BadNumber(SetUpRefused):
    en = "Emergency number and country code are 1 to 4 digits, such as 115 and 84."
    vi = "Số cấp cứu và mã quốc gia gồm 1 đến 4 chữ số, ví dụ 115 và 84."


class NotAMapFile(SetUpRefused):
    en = "'{name}' is no OpenStreetMap file: its name ends in .osm.pbf, .osm or .osm.gz."
    vi = "'{name}' không phải tệp OpenStreetMap: tên tệp phải kết thúc bằng .osm.pbf, .osm hoặc .osm.gz."


class NoSuchFile(SetUpRefused):
    en = "There is no file {path} on the machine that Vigil runs on."
    vi = "Không có tệp {path} trên máy đang chạy Vigil."


class DiskFull(SetUpRefused):
    status = 507
    en = "The disk has too little room: this map wants about {wanted_mb} MB, and {free_mb} MB are free."
    vi = "Ổ đĩa không đủ chỗ: bản đồ này cần khoảng {wanted_mb} MB, hiện còn trống {free_mb} MB."


class UploadBrokenOff(SetUpRefused):
    en = "The file did not arrive whole ({got} of {said} bytes); please send it again."
    vi = "Tệp chưa được gửi trọn vẹn ({got} trên {said} byte); vui lòng gửi lại."


class BadArea(SetUpRefused):
    en = "The area to cut out is a place such as 10.77, 106.70 and a radius of 2 to 150 km."
    vi = "Vùng cần cắt gồm một vị trí như 10.77, 106.70 và bán kính từ 2 đến 150 km."


class OffTheMap(SetUpRefused):
    en = "{what} does not lie on the map {map}."
    vi = "{what} không nằm trên bản đồ {map}."


class NoHospital(SetUpRefused):
    en = "At least one hospital is wanted: ambulances need somewhere to take their patients."
    vi = "Cần ít nhất một bệnh viện để xe cấp cứu chuyển bệnh nhân đến."


class BadHospital(SetUpRefused):
    en = "{name}: {what}."
    vi = "{name}: {what_vi}."


class NoStation(SetUpRefused):
    en = "At least one station with one unit is wanted."
    vi = "Cần ít nhất một trạm có một xe."


class CityFilesWrong(SetUpRefused):
    en = "What was told does not fit together: {sentences}"
    vi = "Thông tin chưa khớp với nhau: {sentences}"


class NoDispatcher(SetUpRefused):
    en = "Wanted are an administrator, to let others in, and a dispatcher, to take calls."
    vi = "Cần một quản trị viên để cấp tài khoản và một điều phối viên để nhận cuộc gọi."


class NoSuchPlaceHere(SetUpRefused):
    en = "The account {username} names the {what} {name}, which is not in the list."
    vi = "Tài khoản {username} ghi {what_vi} {name} không có trong danh sách."


KINDS = tuple(kind for kind in vars().values() if isinstance(kind, type) and issubclass(kind, SetUpRefused))
