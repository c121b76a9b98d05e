"""Traditional characters of adverts and site furniture, so that one cue finds both scripts; the text stays as it is."""

from __future__ import annotations

from pipeline.language.widths import among, codes_of

_PAIRS = (
    "網网會会員员載载請请錄录閱阅讀读點点擊击關关註注號号訊讯轉转權权聲声責责資资費费買买開开發发佈布來来內内頁页聯联絡络"
    "係系範范圖图書书庫库寫写筆笔總总報报檔档評评論论壇坛掃扫維维碼码領领優优惠惠價价專专業业團团隊队證证質质量量"
    "務务諮咨詢询熱热線线電电話话時时間间編编輯辑審审責责題题學学習习參参僅仅後后實实際际連连結结鏈链從从這这個个們们"
    "為为與与對对說说沒没還还過过進进處处須须當当標标簽签瀏浏覽览計计數数據据刪删除除歡欢鎖锁級级續续費费導导頂顶鐵铁"
    "閉闭戶户冊册帳账動动態态應应該该選选擇择購购獲获響响樣样觀观體体賣卖單单傳传輸输紙纸雲云盤盘註注隱隐將将兩两"
    "鎮镇鄉乡縣县區区黨党屆届議议機机構构長长門门眾众於于無无題题"
)
SIMPLE = {ord(a): ord(b) for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if a != b}
_IS_TRADITIONAL = among(map(chr, SIMPLE))


def simplify(text: str) -> str:
    """Write the characters that cues are made of in their simplified form, one for one.

    >>> simplify("轉載請註明")
    '转载请注明'
    """
    return text.translate(SIMPLE) if _IS_TRADITIONAL.take(codes_of(text)).any() else text
