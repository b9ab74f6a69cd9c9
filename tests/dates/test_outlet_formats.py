"""The date formats that the outlets' dossiers quote, or name as a form, each with its meaning."""

from collections.abc import Callable

import pytest

FORMATS = [
    # (outlet, zone, printed, local meaning)
    ("aa.com.tr", "Europe/Istanbul", "25.08.2021", "2021-08-25 00:00:00 day"),
    (
        "akhbarelyom.com",
        "Africa/Cairo",
        "الأربعاء، 07 أكتوبر 2020 - 12:09 م",
        "2020-10-07 12:09:00 minute",
    ),
    ("almasdaronline.com", "Asia/Aden", "24 فبراير 2026", "2026-02-24 00:00:00 day"),
    ("alrai.com", "Asia/Amman", "الأحد 10-02-2019", "2019-02-10 00:00:00 day"),
    ("alwatan.com", "Asia/Muscat", "5 مايو، 2024", "2024-05-05 00:00:00 day"),
    ("ar.irna.ir", "Asia/Tehran", "2020-02-18T03:25:00Z", "2020-02-18 03:25:00 second"),
    (
        "arabic.cnn.com",
        "Asia/Dubai",
        "الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21 (GMT+0400)",
        "2013-08-04 02:21:00 minute",
    ),
    (
        "arabic.cnn.com",
        "Asia/Dubai",
        "Wed, 23 May 2018 13:58:48 +0000",
        "2018-05-23 13:58:48 second",
    ),
    (
        "arabic.euronews.com",
        "Europe/Paris",
        "euronews.com/2021/08/25/slug",
        "2021-08-25 00:00:00 day",
    ),
    ("arabic.news.cn", "Asia/Shanghai", "   2021-08-25   10:30:15  ", "2021-08-25 10:30:15 second"),
    ("arabic.urdupoint.com", "Asia/Karachi", "25 أغسطس 2021ء", "2021-08-25 00:00:00 day"),
    (
        "arabic.urdupoint.com",
        "Asia/Karachi",
        "2020-04-29T15:32:37+0500",
        "2020-04-29 15:32:37 second",
    ),
    ("baghdadtoday.news", "Asia/Baghdad", "2024/12/16", "2024-12-16 00:00:00 day"),
    ("bbc.com/arabic", "Europe/London", "2024-03-03T13:52:13.299Z", "2024-03-03 13:52:13 second"),
    ("bbc.com/arabic", "Europe/London", "3 مارس/ آذار 2024", "2024-03-03 00:00:00 day"),
    ("bbc.com/arabic", "Europe/London", "قبل 54 دقيقة", "2026-03-15 11:06:00 minute"),
    (
        "bbc.com/arabic",
        "Europe/London",
        "آخر تحديث 3 يناير/ كانون الثاني 2024",
        "2024-01-03 00:00:00 day",
    ),
    (
        "bbc.com/arabic",
        "Europe/London",
        "Sun, 22 Apr 2018 08:01:46 GMT",
        "2018-04-22 08:01:46 second",
    ),
    ("bbc.com/urdu", "Europe/London", "23 جون 2024", "2024-06-23 00:00:00 day"),
    ("bbc.com/urdu", "Europe/London", "2 گھنٹے قبل", "2026-03-15 10:00:00 hour"),
    (
        "dailykhabrain.com.pk",
        "Asia/Karachi",
        "12\u00a0اکتوبر\u00a0\u00a02022",
        "2022-10-12 00:00:00 day",
    ),
    ("dailymanaqib.com", "Asia/Karachi", "May 5, 2022", "2022-05-05 00:00:00 day"),
    (
        "dailypakistan.com.pk",
        "Asia/Karachi",
        "May 28, 2023 | 14:05:00",
        "2023-05-28 14:05:00 second",
    ),
    ("elbaladtv.net", "Africa/Cairo", "2020/12/25 - 1:59 صباحًا", "2020-12-25 01:59:00 minute"),
    ("elbaladtv.net", "Africa/Cairo", "2020-12-24T23:59:50+00:00", "2020-12-24 23:59:50 second"),
    (
        "france24.com/ar",
        "Europe/Paris",
        "Fri, 10 Aug 2018 11:28:42 GMT",
        "2018-08-10 11:28:42 second",
    ),
    ("france24.com/ar", "Europe/Paris", "20180810-slug", "2018-08-10 00:00:00 day"),
    ("gate.ahram.org.eg", "Africa/Cairo", "25-8-2021 | 10:30", "2021-08-25 10:30:00 minute"),
    ("googlynews.tv", "Asia/Karachi", "25 اگست 2021", "2021-08-25 00:00:00 day"),
    ("jang.com.pk", "Asia/Karachi", "25 اگست، 2021", "2021-08-25 00:00:00 day"),
    ("jang.com.pk", "Asia/Karachi", "Tuesday Jul 07 2026 | 07:39 PM", "2026-07-07 19:39:00 minute"),
    ("petra.gov.jo", "Asia/Amman", "ح م/ب ط01/10/2018 07:55:21", "2018-10-01 07:55:21 second"),
    ("sputnikarabic.ae", "Europe/Moscow", "2020-03-17T17:27:41Z", "2020-03-17 17:27:41 second"),
    ("sputnikarabic.ae", "Europe/Moscow", "17:27 17.03.2020 GMT", "2020-03-17 17:27:00 minute"),
    ("sputnikarabic.ae", "Europe/Moscow", "202003171044893040", "2020-03-17 00:00:00 day"),
    ("sputnikarabic.ae", "UTC", "1584466061", "2020-03-17 17:27:41 second"),
    (
        "urdu.dunyanews.tv",
        "Asia/Karachi",
        "Published On 23 June, 2025 09:15 am",
        "2025-06-23 09:15:00 minute",
    ),
    ("urdu.nayadaur.tv", "Asia/Karachi", "/25-Aug-2021/1234", "2021-08-25 00:00:00 day"),
    ("www.24urdu.com", "Asia/Karachi", "25 اگست 2021 | 10:30", "2021-08-25 10:30:00 minute"),
    (
        "www.al-jazirah.com",
        "Asia/Riyadh",
        "/2012/20120811/ar1.htm",
        "2012-08-11 00:00:00 day",
    ),
    (
        "www.alarabiya.net",
        "Asia/Dubai",
        "Sun, 04 Mar 2018 02:11:27 +0400",
        "2018-03-04 02:11:27 second",
    ),
    (
        "www.alarabiya.net",
        "Asia/Dubai",
        "آخر تحديث: الأربعاء 17 محرم 1443 هـ - 25 أغسطس 2021 KSA 12:30 - GMT 09:30",
        "2021-08-25 12:30:00 minute",
    ),
    ("www.alaraby.co.uk", "Europe/London", "/2019/3/8/slug-1", "2019-03-08 00:00:00 day"),
    (
        "www.alayam.com",
        "Asia/Bahrain",
        "الأربعاء 25 أغسطس 2021 10:30",
        "2021-08-25 10:30:00 minute",
    ),
    ("www.albayan.ae", "Asia/Dubai", "2020-06-03T03:01+0400", "2020-06-03 03:01:00 minute"),
    ("www.albayan.ae", "Asia/Dubai", "03 يونيو 2020", "2020-06-03 00:00:00 day"),
    ("www.albayan.ae", "Asia/Dubai", "2020-03-15 20:18:45 GST", "2020-03-15 20:18:45 second"),
    ("www.alchourouk.com", "UTC", "1756123456", "2025-08-25 12:04:16 second"),
    ("www.aljazeera.net", "Asia/Qatar", "21/4/2025", "2025-04-21 00:00:00 day"),
    ("www.aljazeera.net", "Asia/Qatar", "/politics/2024/12/5/slug", "2024-12-05 00:00:00 day"),
    ("www.alkhaleej.ae", "Asia/Dubai", "2021-08-25", "2021-08-25 00:00:00 day"),
    ("www.ammonnews.net", "Asia/Amman", "08-12-2026 03:15 PM", "2026-12-08 15:15:00 minute"),
    (
        "www.assabah.com.tn",
        "Africa/Tunis",
        "2019-02-08T00:00:00+01:00",
        "2019-02-08 00:00:00 second",
    ),
    ("www.assabah.com.tn", "Africa/Tunis", "الجمعة 8 فيفري 2019", "2019-02-08 00:00:00 day"),
    ("www.beirutobserver.com", "Asia/Beirut", "November 9, 2020", "2020-11-09 00:00:00 day"),
    ("www.bna.bh", "Asia/Bahrain", "29 Jun 2021 10:30", "2021-06-29 10:30:00 minute"),
    ("www.dailyaaj.com.pk", "Asia/Karachi", "12\u00a0اکتوبر\u00a02022", "2022-10-12 00:00:00 day"),
    (
        "www.filgoal.com",
        "Africa/Cairo",
        "الخميس، 28 مايو 2026 - 20:06",
        "2026-05-28 20:06:00 minute",
    ),
    (
        "www.hespress.com",
        "Africa/Casablanca",
        "الأربعاء 25 غشت 2021 - 14:30",
        "2021-08-25 14:30:00 minute",
    ),
    ("www.jasarat.com", "Asia/Karachi", "May 5, 2022, 2:05 PM", "2022-05-05 14:05:00 minute"),
    ("www.kuna.net.kw", "Asia/Kuwait", "25/08/2021 14:30", "2021-08-25 14:30:00 minute"),
    ("www.masrawy.com", "Africa/Cairo", "/details/2020/7/24/1838774/", "2020-07-24 00:00:00 day"),
    ("www.nawaiwaqt.com.pk", "Asia/Karachi", "/13-Mar-2026/1463995", "2026-03-13 00:00:00 day"),
    ("www.sabanew.net", "Asia/Aden", "[24/09/2024 09:15]", "2024-09-24 09:15:00 minute"),
    ("www.shorouknews.com", "Africa/Cairo", "view.aspx?cdate=24082021", "2021-08-24 00:00:00 day"),
    (
        "www.skynewsarabia.com",
        "Asia/Dubai",
        "٢٠٢٦-٠٥-٢٨T١٠:٥٥:١٣+0400",
        "2026-05-28 10:55:13 second",
    ),
    (
        "www.skynewsarabia.com",
        "Asia/Dubai",
        "23 مايو 2022 - 11:32 بتوقيت أبوظبي",
        "2022-05-23 11:32:00 minute",
    ),
    (
        "www.spa.gov.sa",
        "Asia/Riyadh",
        "25 شوال 1436 هـ الموافق 10 اغسطس 2015 م",
        "2015-08-10 00:00:00 day",
    ),
    ("www.spa.gov.sa", "Asia/Riyadh", "10 اغسطس 2015 م 13:38 ت م", "2015-08-10 13:38:00 minute"),
    (
        "www.urdupoint.com",
        "Asia/Karachi",
        "Wed 29th April 2020 | 03:32 PM",
        "2020-04-29 15:32:00 minute",
    ),
    ("www.urdupoint.com", "Asia/Karachi", "12 minutes ago", "2026-03-15 16:48:00 minute"),
    ("www.wafa.ps", "Asia/Hebron", "تاريخ النشر: 22/08/2026 08:26 ص", "2026-08-22 08:26:00 minute"),
    ("www.wam.ae", "Asia/Dubai", "منذ 9 ساعات", "2026-03-15 07:00:00 hour"),
    ("www.wam.ae", "Asia/Dubai", "الاثنين، 25 مايو 2026 3:53 م", "2026-05-25 15:53:00 minute"),
    (
        "www.youm7.com",
        "Africa/Cairo",
        "الإثنين، 24 أغسطس 2020 09:23 ص",
        "2020-08-24 09:23:00 minute",
    ),
]


def test_there_are_at_least_sixty() -> None:
    assert len(FORMATS) >= 60


@pytest.mark.parametrize(("outlet", "zone", "printed", "meaning"), FORMATS)
def test_a_house_format_is_read(
    show: Callable[..., str], outlet: str, zone: str, printed: str, meaning: str
) -> None:
    assert show(printed, zone=zone) == meaning


def test_a_false_z_is_read_as_the_wall_clock_it_is(show: Callable[..., str]) -> None:
    printed = "2020-08-24T09:23:13Z"  # www.youm7.com, Cairo in summer time
    assert show(printed, zone="Africa/Cairo", wall_clock=True) == "2020-08-24 09:23:13 second"
    assert (
        show(printed, zone="Africa/Cairo") == "2020-08-24 09:23:13 second"
    )  # in UTC: the zone that is printed


def test_digits_of_an_address_are_read_in_the_declared_order(show: Callable[..., str]) -> None:
    assert (
        show("240714-08-20", zone="Asia/Karachi", order="YMD") == "2024-07-14 00:00:00 day"
    )  # jasarat.com
    assert show("09/08/2022 1:30 PM", order="MDY") == "2022-09-08 13:30:00 minute"
