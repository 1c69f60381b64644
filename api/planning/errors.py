"""Every way in which a simulation is refused, each with its sentence and its HTTP status."""

from domain.errors import Conflict, Invalid, Refused, Unknown


class UnknownSimulation(Unknown):
    en = "There is no such simulation; perhaps somebody has removed it."
    vi = "Không có mô phỏng này; có thể ai đó đã xóa."


class SimulationUnfinished(Conflict):
    en = "This simulation has no results: it has not come to its end."
    vi = "Mô phỏng này chưa có kết quả vì chưa chạy xong."


class ResultsDamaged(Unknown):
    en = "The results of this simulation cannot be read: their file is damaged. Ask for it again."
    vi = "Không đọc được kết quả của mô phỏng này: tệp đã hỏng. Hãy yêu cầu chạy lại."


class NoBundle(Unknown):
    en = "There is no bundle of this simulation: it cannot be run again from its files alone."
    vi = "Mô phỏng này không có gói để chạy lại: chỉ với các tệp của nó thì không chạy lại được."


class NoReport(Unknown):
    en = "There is no report of what was carried on from a live moment; its figures and its replay are all."
    vi = "Mô phỏng tiếp từ một thời điểm đang chạy không có báo cáo; chỉ có số liệu và bản phát lại."


class NoReplay(Unknown):
    en = (
        "There is no replay of '{rival}', replication {replication}; of each rival the first {most} are kept."
    )
    vi = "Không có bản phát lại của '{rival}', lần {replication}; mỗi phương án chỉ giữ {most} lần đầu."


class QueueFull(Conflict):
    en = "{waiting} simulations are waiting for their turn already. Wait for one to end, or stop one."
    vi = "Đã có {waiting} mô phỏng đang chờ đến lượt. Hãy đợi một mô phỏng chạy xong hoặc dừng bớt."


class QuestionWanted(Invalid):
    en = "Write down the question that the simulation shall answer."
    vi = "Hãy ghi câu hỏi mà mô phỏng cần trả lời."


class RivalsWanted(Invalid):
    en = "Name at least one way to run the service; to compare, name two."
    vi = "Hãy thêm ít nhất một phương án; muốn so sánh thì cần hai."


class TooManyRivals(Invalid):
    en = "At most {most} rivals are compared at once."
    vi = "Mỗi lần chỉ so sánh nhiều nhất {most} phương án."


class RivalNamedTwice(Invalid):
    en = "Two rivals are named '{rival}'; give each a name of its own."
    vi = "Có hai phương án cùng tên '{rival}'; hãy đặt tên khác nhau."


class UnknownSimulatedPolicy(Invalid):
    en = "{rival}: there is no dispatch policy '{policy}'; there are: {known}."
    vi = "{rival}: không có chính sách điều xe '{policy}'; hiện có: {known}."


class UnknownMoveUpRule(Invalid):
    en = "{rival}: there is no rule '{move_up}' for where free units wait; there are: {known}."
    vi = "{rival}: không có cách bố trí xe chờ '{move_up}'; hiện có: {known}."


class UnitNotInCity(Invalid):
    en = "{rival}: there is no unit '{callsign}' here."
    vi = "{rival}: ở đây không có xe '{callsign}'."


class StationNotInCity(Invalid):
    en = "{rival}: there is no station '{station}' here."
    vi = "{rival}: ở đây không có trạm '{station}'."


class KindNotInCity(Invalid):
    en = "{rival}: no vehicle here is a '{kind}'; there are: {known}."
    vi = "{rival}: ở đây không có loại xe '{kind}'; hiện có: {known}."


class NobodyLeft(Invalid):
    en = "{rival}: no unit is left; at least one has to stay."
    vi = "{rival}: không còn xe nào; phải giữ lại ít nhất một xe."


class TooManyReplications(Invalid):
    en = "At most {most} replications are run at once; {said} were asked for."
    vi = "Mỗi lần chạy nhiều nhất {most} lần lặp; yêu cầu là {said}."


class TooManyHours(Invalid):
    en = "At most {most} hours are simulated at once; {said} were asked for."
    vi = "Mỗi lần mô phỏng nhiều nhất {most} giờ; yêu cầu là {said} giờ."


class TooMuchSimulated(Invalid):
    en = (
        "{said} hours are to be simulated in all (rivals × replications × hours with their warm-up); at most "
        "{most} are. Take fewer replications or hours."
    )
    vi = (
        "Tổng cộng phải mô phỏng {said} giờ (phương án × số lần lặp × số giờ kể cả chạy đà); nhiều nhất là "
        "{most} giờ. Hãy giảm số lần lặp hoặc số giờ."
    )


class BadBegins(Invalid):
    en = "A simulation begins at a time such as 2026-03-02T00:00, in the years 2000 to 2199; got: {said}."
    vi = "Thời điểm bắt đầu có dạng như 2026-03-02T00:00, từ năm 2000 đến 2199; nhận được: {said}."


class UnknownScenario(Invalid):
    en = "There is no scenario '{said}' here; there are: {known}."
    vi = "Ở đây không có kịch bản '{said}'; hiện có: {known}."


class UnfitScenario(Invalid):
    en = "The scenario '{said}' cannot be played: {why}"
    vi = "Không chạy được kịch bản '{said}'. Chi tiết (tiếng Anh): {why}"


class ScenarioSaysIt(Invalid):
    en = "A scenario says itself which days and which courses it compares: leave out '{field}'."
    vi = "Kịch bản đã tự quy định các ngày và các phương án: hãy bỏ trường '{field}'."


class SourceSaysIt(Invalid):
    en = "Nothing of '{field}' goes into this simulation, since `source` names something else: leave it out."
    vi = "Mô phỏng này không dùng '{field}' vì `source` là nguồn khác: hãy bỏ trường này."


class NoDemand(Invalid):
    en = "Nobody has written down how often people call here: {city} has no demand.toml."
    vi = "Chưa ai ghi ở đây có bao nhiêu cuộc gọi: {city} chưa có tệp demand.toml."


class UnknownModel(Invalid):
    en = "There is no city model '{said}' here; there are: {known}."
    vi = "Ở đây không có mô hình thành phố '{said}'; hiện có: {known}."


class UnfitModel(Invalid):
    en = "The city model '{said}' cannot be used: {why}"
    vi = "Không dùng được mô hình thành phố '{said}'. Chi tiết (tiếng Anh): {why}"


class NowSaysIt(Invalid):
    en = (
        "What goes on from this moment takes the crews and beds as they are, without '{field}': leave it out."
    )
    vi = "Mô phỏng tiếp từ lúc này lấy kíp xe, giường như đang có, không dùng '{field}': hãy bỏ trường này."


class HospitalNotInCity(Invalid):
    en = "{rival}: there is no hospital '{hospital}' here; there are: {known}."
    vi = "{rival}: ở đây không có bệnh viện '{hospital}'; hiện có: {known}."


class NoHospitalLeft(Invalid):
    en = "{rival}: no hospital is left that takes anybody; at least one has to."
    vi = "{rival}: không còn bệnh viện nào nhận bệnh; phải còn ít nhất một."


class UnknownPlannedBed(Invalid):
    en = "{rival}: there is no kind of bed '{kind}'; there are: {known}."
    vi = "{rival}: không có loại giường '{kind}'; hiện có: {known}."


class RecordedSaysIt(Invalid):
    en = (
        "A day of the log says itself when it begins and how long it is, and knows no call takers and no "
        "beds: leave out '{field}'."
    )
    vi = (
        "Ngày trong nhật ký đã có sẵn giờ bắt đầu và độ dài, không mô phỏng điện thoại viên và giường: "
        "hãy bỏ trường '{field}'."
    )


class NoLogYet(Invalid):
    en = "There is nothing in the log of this service yet that could be played again."
    vi = "Nhật ký của hệ thống này chưa có gì để chạy lại."


class BadDay(Invalid):
    en = "Days of the log are written as 2026-11-20, the last not before the first; got: {said}."
    vi = "Ngày trong nhật ký ghi như 2026-11-20, ngày cuối không trước ngày đầu; nhận được: {said}."


class DayNotInLog(Invalid):
    en = "The log of this service tells of {first} to {last}; {said} lies beyond that."
    vi = "Nhật ký của hệ thống này có từ {first} đến {last}; {said} nằm ngoài khoảng đó."


class DayNotOver(Invalid):
    en = (
        "{said} is not over yet: it can be played once, up to now, but no days like it can be drawn. Ask "
        "for one replication."
    )
    vi = (
        "Ngày {said} chưa hết: chỉ chạy lại được một lần, đến lúc này, chưa rút được những ngày giống nó. "
        "Hãy đặt một lần chạy."
    )


class TooManyDays(Invalid):
    en = "At most {most} days of the log are played at once; {said} were asked for."
    vi = "Mỗi lần chạy lại nhiều nhất {most} ngày của nhật ký; yêu cầu là {said} ngày."


ENDED_TWICE: dict[str, str] = {
    "en": "The process of this simulation was ended from outside, was begun again and was ended again, "
    "perhaps for want of memory. Ask for less, or try again later.",
    "vi": "Tiến trình mô phỏng bị ngắt từ bên ngoài, đã chạy lại và lại bị ngắt, có thể vì thiếu bộ nhớ. Hãy "
    "giảm quy mô hoặc thử lại sau.",
}
NO_PROCESS: dict[str, str] = {
    "en": "This machine could not begin a process for the simulation. Try again later.",
    "vi": "Máy chủ không khởi động được tiến trình mô phỏng. Hãy thử lại sau.",
}
NOT_KEPT: dict[str, str] = {
    "en": "How this simulation stands could not be written to the service's disk, which may be full. Try "
    "again later.",
    "vi": "Không ghi được trạng thái của mô phỏng này vào đĩa máy chủ, có thể đĩa đã đầy. Hãy thử lại sau.",
}
OUR_FAULT: dict[str, str] = {
    "en": "The simulation failed by a fault of the program; said.txt in its folder tells which. Nothing "
    "live is touched.",
    "vi": "Mô phỏng hỏng do lỗi chương trình; xem said.txt trong thư mục của nó. Hệ thống đang chạy không bị "
    "ảnh hưởng.",
}
"""Of a simulation that failed: nobody was refused, but somebody has to be told."""

STATUS: dict[type[Refused], int] = {
    UnknownSimulation: 404,
    ResultsDamaged: 404,
    NoBundle: 404,
    NoReport: 404,
    NoReplay: 404,
    SimulationUnfinished: 409,
    QueueFull: 409,
    **dict.fromkeys(
        (
            QuestionWanted,
            RivalsWanted,
            TooManyRivals,
            RivalNamedTwice,
            UnknownSimulatedPolicy,
            UnknownMoveUpRule,
            UnitNotInCity,
            StationNotInCity,
            KindNotInCity,
            NobodyLeft,
            TooManyReplications,
            TooManyHours,
            TooMuchSimulated,
            BadBegins,
            UnknownScenario,
            UnfitScenario,
            ScenarioSaysIt,
            SourceSaysIt,
            NoDemand,
            UnknownModel,
            UnfitModel,
            NowSaysIt,
            HospitalNotInCity,
            NoHospitalLeft,
            UnknownPlannedBed,
            RecordedSaysIt,
            NoLogYet,
            BadDay,
            DayNotInLog,
            DayNotOver,
            TooManyDays,
        ),
        422,
    ),
}
