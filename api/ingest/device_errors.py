"""Every way in which a device is not entered or struck out, each with its sentence and its HTTP status."""

from typing import ClassVar

from domain.errors import Refused


class DeviceRefused(Refused):
    """A refusal about a device; nothing was changed."""

    status: ClassVar[int] = 400


class BadTopic(DeviceRefused):
    status = 422
    en = "'{topic}' is no topic of a phone: it is USER/DEVICE, as in its settings."
    vi = "'{topic}' không phải là chủ đề của điện thoại: cần dạng USER/DEVICE như trong phần cài đặt của máy."


class BadDeviceName(DeviceRefused):
    status = 422
    en = "'{name}' is no name for a device: letters, digits, dots and hyphens, at most 40."
    vi = "Tên thiết bị '{name}' không hợp lệ: chữ không dấu, chữ số, dấu chấm, gạch nối, tối đa 40."


class DeviceThere(DeviceRefused):
    status = 409
    en = "There is already a device {name}."
    vi = "Đã có thiết bị {name}."


class TopicThere(DeviceRefused):
    status = 409
    en = "There is already a device on the topic owntracks/{topic}."
    vi = "Chủ đề owntracks/{topic} đã thuộc về một thiết bị khác."


class UnknownDevice(DeviceRefused):
    status = 404
    en = "There is no device {name}."
    vi = "Không có thiết bị {name}."


STATUS: dict[type[Refused], int] = {
    kind: kind.status
    for kind in (DeviceRefused, BadTopic, BadDeviceName, DeviceThere, TopicThere, UnknownDevice)
}
