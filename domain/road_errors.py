"""Every way in which Vigil says no to what is said of the roads."""

from domain.errors import Invalid, Unknown


class BadStretch(Invalid):
    en = (
        "A stretch is a point (one place), a line (two different places or more) or an area (three corners "
        "or more, not on one line), with at most {most} places; this {kind} has {points}."
    )
    vi = (
        "Đoạn đường là một điểm (một vị trí), một đường (từ hai vị trí khác nhau) hoặc một vùng (từ ba góc, "
        "không thẳng hàng), nhiều nhất {most} vị trí; ở đây ({kind}) có {points}."
    )


class BadWidth(Invalid):
    en = "{width_m} m: streets are looked for between {least_m} and {most_m} m around a point or a line."
    vi = "{width_m} m: chỉ tìm đường trong khoảng {least_m} đến {most_m} m quanh điểm hoặc đường vẽ."


class AreaCrossesItself(Invalid):
    en = "The edge of the area crosses itself near {lat:.5f}, {lon:.5f}."
    vi = "Đường viền của vùng tự cắt nhau gần {lat:.5f}, {lon:.5f}."


class StretchTooLarge(Invalid):
    en = (
        "{size} is too large: a line may be {longest_km:.0f} km long, an area {longest_km:.0f} km wide and "
        "{largest_km2:.0f} km² large."
    )
    vi = (
        "{size} là quá lớn: đường vẽ dài nhất {longest_km:.0f} km, vùng rộng nhất {longest_km:.0f} km và "
        "{largest_km2:.0f} km²."
    )


class StretchTooShort(Invalid):
    en = (
        "Two places near {lat:.6f}, {lon:.6f} are the same: a line must be {least_m:.0f} m long, and its "
        "places {apart_m} m apart."
    )
    vi = (
        "Hai vị trí gần {lat:.6f}, {lon:.6f} trùng nhau: đường vẽ phải dài ít nhất {least_m:.0f} m và các "
        "vị trí cách nhau ít nhất {apart_m} m."
    )


class NoStreetThere(Invalid):
    en = "No street lies there, so nothing would change: choose another place or a wider reach."
    vi = "Ở đó không có đường nào nên không có gì thay đổi: hãy chọn chỗ khác hoặc phạm vi rộng hơn."


class BadShare(Invalid):
    en = "{share} is no share of the usual speed: it lies above 0 and is at most 1."
    vi = "{share} không phải là tỉ lệ so với tốc độ thường: phải lớn hơn 0 và nhiều nhất là 1."


class BadSpeed(Invalid):
    en = "{kmh} km/h cannot be a speed in a street: between 0 and {fastest_kmh}."
    vi = "{kmh} km/h không thể là tốc độ trên đường: từ 0 đến {fastest_kmh}."


class ShareOrSpeed(Invalid):
    en = "Entry {place}: say either a share of the usual speed, or kmh with measured_at."
    vi = "Mục {place}: chỉ ghi share (tỉ lệ so với tốc độ thường), hoặc kmh kèm measured_at."


class AlreadyOver(Invalid):
    en = "The end {until} has passed already: it is {now}."
    vi = "Giờ kết thúc {until} đã qua: bây giờ là {now}."


class TooFarAhead(Invalid):
    en = "The end {until} lies more than {days} days ahead: say an earlier one, or none until it is lifted."
    vi = "Giờ kết thúc {until} còn hơn {days} ngày nữa: hãy chọn giờ sớm hơn, hoặc bỏ trống đến khi gỡ."


class TooLongAgo(Invalid):
    en = "{at} is more than {days} days ago: what was measured then says nothing of today."
    vi = "{at} đã quá {days} ngày: số đo khi đó không còn cho biết tình trạng hôm nay."


class TooMuchGround(Invalid):
    en = (
        "All of it together is too large ({size}): the lines of one order may be {longest_km:.0f} km long, "
        "its areas {largest_km2:.0f} km² large."
    )
    vi = (
        "Tổng cộng quá lớn ({size}): trong một lệnh, các đường vẽ dài nhất {longest_km:.0f} km và các vùng "
        "rộng nhất {largest_km2:.0f} km²."
    )


class TooMuchTraffic(Invalid):
    en = (
        "Too much at once: {closures} closures and {slowings} slowed stretches may stand, and one order may "
        "carry {points} places and {speeds} measured speeds."
    )
    vi = (
        "Quá nhiều: chỉ có thể cấm {closures} đoạn và báo chậm {slowings} đoạn cùng lúc; một lệnh mang nhiều "
        "nhất {points} vị trí và {speeds} tốc độ đo được."
    )


class IdGivenTwice(Invalid):
    en = "The id {id} would stand for two things at once."
    vi = "Mã {id} sẽ chỉ hai thứ cùng lúc."


class UnknownClosure(Unknown):
    en = "No closure {closure_id} stands; perhaps it was lifted already."
    vi = "Không có đoạn cấm {closure_id}; có thể đã được mở lại."


class UnknownSlowing(Unknown):
    en = "No slowed stretch {slowing_id} stands; perhaps it was lifted already."
    vi = "Không có đoạn chậm {slowing_id}; có thể đã được gỡ."
