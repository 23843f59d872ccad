import { chromium } from '@playwright/test'
import { readFileSync } from 'node:fs'
const base='http://127.0.0.1:18600'
const args=['--headless','--no-sandbox','--disable-gpu','--disable-dev-shm-usage','--disable-quic','--no-first-run','--disable-background-networking']
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args})
const [w,h,scheme,lang]=(process.argv[2]??'1280x800').split('x').concat(process.argv[3]??'light', process.argv[4]??'en-GB')
const ctx=await b.newContext({viewport:{width:+w,height:+h},colorScheme:scheme,locale:lang,timezoneId:'Europe/Berlin',hasTouch:true})
const code=readFileSync('/tmp/kcode.txt','utf8').trim()
const page=await ctx.newPage()
page.on('console',m=>console.log('console',m.type(),m.text()))
page.on('pageerror',e=>console.log('pageerror',e.stack))
if(process.env.STATE) { await ctx.addCookies(JSON.parse(readFileSync(process.env.STATE,'utf8'))) } else {
const r=await ctx.request.post(base+'/kiosk/pair',{data:{code},headers:{Origin:base}})
console.log('pair',r.status(), await r.text())
const {writeFileSync}=await import('node:fs'); writeFileSync('/tmp/kcookies.json',JSON.stringify(await ctx.cookies()))
}
const shot=async n=>page.screenshot({path:`/tmp/k_${n}.png`})
await page.goto(base+'/'); await page.waitForTimeout(1500); await shot('start')
const scan=async t=>{ for(const c of t) await page.keyboard.press(c); await page.keyboard.press('Enter') }
const burst=t=>page.evaluate(async t=>{ for(const k of [...t,'Enter']) { document.activeElement.dispatchEvent(new KeyboardEvent('keydown',{key:k,bubbles:true,cancelable:true})) } },t)
await page.goto(base+'/sign-in'); await page.waitForTimeout(800); await shot('signin')
await page.goto(base+'/'); await page.waitForTimeout(1000)
const card=page.locator('.offer').first()
if(await card.count()) await card.click(); await page.waitForTimeout(1200); await shot('choice')
await burst('5200000001'); await page.waitForTimeout(1500); await shot('scanned')
const book=page.getByRole('button',{name:/^(Book|Buchen)$/}).first(); if(await book.count()) await book.click(); await page.waitForTimeout(2500); await shot('booked')
await page.getByRole('link',{name:/My bookings|Meine/}).first().click(); await page.waitForTimeout(1000); await shot('bookings')
console.log(await page.evaluate(()=>[history.length,location.href]))
await page.getByRole('button',{name:/done|fertig/}).first().click(); await page.waitForTimeout(150); await shot('bye'); await page.waitForTimeout(1500); await shot('after')
console.log(await page.evaluate(()=>[history.length,location.href,document.body.innerText.slice(0,300)]))
await b.close()
