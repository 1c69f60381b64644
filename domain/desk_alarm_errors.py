"""Refusals about the alarms of the desk."""

from domain.errors import Conflict, Invalid, Unknown


class UnknownDeskAlarm(Unknown):
    en = "There is no desk alarm {alarm_id}."
    vi = "Không có cảnh báo {alarm_id}."


class DeskAlarmOver(Conflict):
    en = "The cause of this alarm is over already."
    vi = "Nguyên nhân của cảnh báo này đã hết."


class BadShelfEnd(Invalid):
    en = "An alarm is shelved until a moment to come, {longest_min:.0f} minutes ahead at most."
    vi = "Chỉ tạm gác cảnh báo đến một thời điểm sắp tới, lâu nhất {longest_min:.0f} phút."
