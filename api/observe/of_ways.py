"""The vital of the bridge to an MQTT broker."""

from time import monotonic

from api.ingest.mqtt import MqttBridge
from api.observe.of_log import age
from api.observe.vitals import Figure, State, Vital


def of_mqtt(bridge: MqttBridge) -> Vital:
    """Without it units that report by MQTT stand still; those of other ways go on."""
    figures = (Figure("connected", bridge.connected, "1 while the broker sends us what phones publish"),)
    since = bridge.cut_since
    if since is None:
        return Vital(State.WELL, {"vi": "Đang nối.", "en": "Connected."}, figures=figures)
    lag_s = max(0.0, monotonic() - since)
    said = age(lag_s)
    sentence = {
        "vi": f"Mất kết nối tới máy chủ MQTT từ {said['vi']}; đang thử lại.",
        "en": f"The broker has not been reached for {said['en']}; trying again.",
    }
    return Vital(State.LATE, sentence, lag_s=lag_s, figures=figures)
